"""What the law says of a training, before it and after it."""
