"""The frame all pages share: layout, navigation, sign-in, components, lists and forms; it knows no single page."""
