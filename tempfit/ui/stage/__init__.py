"""The stage: charts, transport and rows, and the training in step with them."""
