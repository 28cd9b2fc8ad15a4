package io.aiaudit.report.format;

import io.pebbletemplates.pebble.error.ParserException;
import io.pebbletemplates.pebble.extension.core.CoreExtension;
import io.pebbletemplates.pebble.lexer.LexerImpl;
import io.pebbletemplates.pebble.lexer.Syntax;
import io.pebbletemplates.pebble.lexer.Token;
import java.io.StringReader;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Refuses what makes long texts and lists out of short ones: a text, list or map with names in it is larger each time
 * that it is put into another one, and a thousand times a thousand times a thousand is more than any memory.
 */
final class TemplateValues {
    /** Behind them begins a value; a bracket behind any other name takes a part of what has that name. */
    private static final Set<String> BEFORE_A_VALUE = Set.of("if", "elseif", "in", "include", "with");

    private static final Set<Token.Type> CONSTANTS = EnumSet.of(Token.Type.STRING, Token.Type.NUMBER, Token.Type.LONG);

    private TemplateValues() {}

    /** Looks at the text of the template {@code name}; throws what the engine throws for a template that is wrong. */
    static void check(String name, String text) {
        CoreExtension engine = new CoreExtension();
        List<Token> tokens = new LexerImpl(
                        new Syntax.Builder().build(), engine.getUnaryOperators(), engine.getBinaryOperators())
                .tokenize(new StringReader(text), name)
                .getTokens();
        for (int at = 1; at < tokens.size(); at++) {
            check(name, tokens, at);
        }
    }

    private static void check(String name, List<Token> tokens, int at) {
        Token token = tokens.get(at);
        Token before = tokens.get(at - 1);
        if (token.getType() == Token.Type.STRING_INTERPOLATION_START) {
            throw refused("no text is made with \"#{\"", token, name);
        }
        if (token.test(Token.Type.PUNCTUATION, "{") && !before.test(Token.Type.NAME, "with")) {
            throw refused("a map stands only behind \"with\"", token, name);
        }
        if (token.test(Token.Type.PUNCTUATION, "[") && !isOf(before) && !isConstant(tokens, at)) {
            throw refused("a list has only texts and numbers in it", token, name);
        }
    }

    private static boolean isOf(Token before) {
        return before.getType() == Token.Type.NAME
                ? !BEFORE_A_VALUE.contains(before.getValue())
                : before.test(Token.Type.PUNCTUATION, "]") || before.test(Token.Type.PUNCTUATION, ")");
    }

    private static boolean isConstant(List<Token> tokens, int start) {
        int at = start + 1;
        while (CONSTANTS.contains(tokens.get(at).getType()) || tokens.get(at).test(Token.Type.PUNCTUATION, ",")) {
            at++;
        }
        return tokens.get(at).test(Token.Type.PUNCTUATION, "]");
    }

    private static ParserException refused(String problem, Token token, String name) {
        return new ParserException(null, problem, token.getLineNumber(), name);
    }
}
