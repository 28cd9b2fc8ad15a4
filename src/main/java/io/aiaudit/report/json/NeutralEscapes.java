package io.aiaudit.report.json;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import io.aiaudit.report.text.VisibleText;
import java.util.Locale;

/**
 * Escapes what a terminal would act on when JSON is shown there: JSON itself requires only the first 32 control
 * characters.
 */
final class NeutralEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;
    private static final int DELETE = 0x7f;

    @Override
    public int[] getEscapeCodesForAscii() {
        int[] codes = standardAsciiEscapesForJSON();
        codes[DELETE] = ESCAPE_STANDARD;
        return codes;
    }

    @Override
    public SerializableString getEscapeSequence(int character) {
        // Halves of a pair come here one by one; together they are an ordinary character.
        boolean half = Character.isSurrogate((char) character);
        return !half && VisibleText.actsOnScreen(character)
                ? new SerializedString(String.format(Locale.ROOT, "\\u%04x", character))
                : null;
    }
}
