package io.aiaudit.cli;

/**
 * Text that a terminal shows as it is: names from files and clouds may hold escape codes, line breaks and marks that
 * turn the reading direction.
 */
final class Plain {
    private static final int LONGEST = 2000;

    private Plain() {}

    static String text(String text) {
        StringBuilder plain = new StringBuilder(Math.min(text.length(), LONGEST));
        text.codePoints().limit(LONGEST).forEach(point -> append(plain, point));
        return text.codePointCount(0, text.length()) > LONGEST ? plain + "…" : plain.toString();
    }

    private static void append(StringBuilder plain, int point) {
        switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> plain.append(' ');
            case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED ->
                plain.append('\uFFFD');
            default -> plain.appendCodePoint(point);
        }
    }
}
