"""What is done: actions, measures and their readings, what partners pledge, and the annual review that sums it up."""
