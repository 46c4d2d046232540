"""A 12345 sheet or a 转送单 pasted as text becomes values for the reception form. Pure."""
