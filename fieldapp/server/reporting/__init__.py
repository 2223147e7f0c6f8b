"""What the office says beside the reckoned figures: rounds that were submitted, the words of the overall report."""
