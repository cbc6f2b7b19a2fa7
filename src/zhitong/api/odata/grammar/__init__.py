"""What an address asks for: signs, values, conditions and options of OData 4.0, read into a tree or refused in words."""
