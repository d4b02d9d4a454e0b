"""The ensemble: who gets which slot, what it learns from likes, and the deployment around it."""
