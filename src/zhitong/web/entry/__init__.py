"""Entry 开通: coming in by phone or invitation, who has come, invitation sheets, rosters, a firm's own people."""
