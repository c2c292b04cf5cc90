"""The story the demonstration tells, and what stands in the open there alone: its codes and its mail."""
