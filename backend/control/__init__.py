"""What the cluster is doing, for the page and for presenters."""
