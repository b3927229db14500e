"""What people can do about retention: rules, holds, destruction lists."""
