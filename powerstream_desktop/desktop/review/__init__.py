"""Reviews a replay: plays it, steps through its pictures, shows what happened when, and cuts clips out of it."""
