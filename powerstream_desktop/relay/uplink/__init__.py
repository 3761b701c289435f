"""The upload that all destinations share: how much it takes, and who does without when it is too little."""
