"""What every figure is drawn with: palette, style, fonts, titles, the axis of a turn."""
