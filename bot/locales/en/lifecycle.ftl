# Added to a group: what the bot sees and may do there

lifecycle-privacy = Privacy mode is on: I receive commands, votes and buttons, not what you say to each other.
lifecycle-hears-all = I receive everything said here, and act on commands, votes and buttons only.
lifecycle-no-polls = I may not send polls yet. An admin can allow “Send polls” for me under the group’s Permissions.
lifecycle-silenced = I am in “{ $title }” now, but may not write there. An admin can allow “Send messages” and “Send polls” for me under the group’s Permissions; then send /quiz there
