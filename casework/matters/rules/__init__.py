"""规则方案: what a profile of rules says, who drafts and approves it, and its pages."""
