"""What everyone can see: home, the plan, “you said, we did”. This room reaches neither raw words nor who anybody is."""
