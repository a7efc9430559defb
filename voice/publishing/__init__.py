"""What everyone can see: home, the plan, “you said, we did”. This room reaches neither raw words nor who anybody is."""

from voice.publishing.queries import Published, Story, published, story

__all__ = ["Published", "Story", "published", "story"]
