package io.aiaudit.report.text;

import java.util.Locale;

/**
 * Text from clouds and files made harmless to look at: what would move the cursor, break the line or turn the reading
 * direction is shown, not obeyed.
 */
public final class VisibleText {
    private static final int CONTROL_PICTURES = 0x2400;
    private static final int DELETE_PICTURE = 0x2421;

    private VisibleText() {}

    /** {@code text} on one line: ESC as ␛, a line break as ␊, a direction mark as its code point in brackets. */
    public static String of(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (character < ' ') {
                shown.appendCodePoint(CONTROL_PICTURES + character);
            } else if (character == 0x7f) {
                shown.appendCodePoint(DELETE_PICTURE);
            } else if (actsOnScreen(character)) {
                shown.append(String.format(Locale.ROOT, "[U+%04X]", character));
            } else {
                shown.appendCodePoint(character);
            }
        });
        return shown.toString();
    }

    /**
     * Whether a character has an effect instead of a shape: controls, line separators, direction marks, invisible and
     * unpaired ones.
     */
    public static boolean actsOnScreen(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            // Joiners belong to how some scripts and emoji are written.
            case Character.FORMAT -> character != 0x200c && character != 0x200d;
            default -> false;
        };
    }
}
