"""Forms made from what the model knows of its fields."""
