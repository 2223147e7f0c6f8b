"""The tab of care on a child's card: the aspects of care with what was recorded in each, and dialogs to record more."""
