"""Actions: how far they are, their milestones, who says so and when they are asked."""
