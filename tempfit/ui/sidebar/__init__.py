"""The sidebar: the controls of the experiment."""
