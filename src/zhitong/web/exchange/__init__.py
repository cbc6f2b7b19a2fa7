"""导入导出: templates and exports to download, tables to send in, look at, commit and take back."""
