package io.aiaudit.report.format;

import io.pebbletemplates.pebble.extension.NodeVisitor;
import io.pebbletemplates.pebble.lexer.Token;
import io.pebbletemplates.pebble.node.BodyNode;
import io.pebbletemplates.pebble.node.ForNode;
import io.pebbletemplates.pebble.node.Node;
import io.pebbletemplates.pebble.node.RenderableNode;
import io.pebbletemplates.pebble.parser.Parser;
import io.pebbletemplates.pebble.template.EvaluationContextImpl;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;
import io.pebbletemplates.pebble.tokenParser.TokenParser;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Ends a template that loops or includes without end: each round of a loop and each included template is counted
 * against one deadline and one depth.
 */
final class TemplateLimits {
    private static final Set<String> TAGS = Set.of("if", "for", "include");
    private static final int DEEPEST = 20;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final long deadline = System.nanoTime() + LONGEST.toNanos();
    private int depth;

    /** A template went beyond what it may take. */
    static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Exceeded(String message) {
            super(message);
        }
    }

    /** Of the tags of the engine those that a template may use, each of which keeps to the limits. */
    List<TokenParser> allowed(List<TokenParser> parsers) {
        return parsers.stream()
                .filter(parser -> TAGS.contains(parser.getTag()))
                .map(this::limited)
                .toList();
    }

    private TokenParser limited(TokenParser parser) {
        return new TokenParser() {
            @Override
            public String getTag() {
                return parser.getTag();
            }

            @Override
            public RenderableNode parse(Token token, Parser engine) {
                RenderableNode node = parser.parse(token, engine);
                return switch (getTag()) {
                    case "for" -> counted((ForNode) node);
                    case "include" -> new Nested(node);
                    default -> node;
                };
            }
        };
    }

    private ForNode counted(ForNode loop) {
        List<RenderableNode> body = new ArrayList<>();
        body.add(new Round());
        body.addAll(loop.getBody().getChildren());
        return new ForNode(
                loop.getLineNumber(),
                loop.getIterationVariable(),
                loop.getIterable(),
                new BodyNode(loop.getBody().getLineNumber(), body),
                loop.getElseBody());
    }

    private void check() {
        if (System.nanoTime() - deadline > 0) {
            throw new Exceeded("they take longer than " + LONGEST.toSeconds() + " seconds.");
        }
    }

    /** The start of a round of a loop; it writes nothing. */
    private final class Round implements RenderableNode {
        @Override
        public void render(PebbleTemplateImpl self, Writer writer, EvaluationContextImpl context) {
            check();
        }

        @Override
        public void accept(NodeVisitor visitor) {
            visitor.visit((Node) this);
        }
    }

    /** A template in a template. */
    private final class Nested implements RenderableNode {
        private final RenderableNode included;

        Nested(RenderableNode included) {
            this.included = included;
        }

        @Override
        public void render(PebbleTemplateImpl self, Writer writer, EvaluationContextImpl context) throws IOException {
            check();
            if (depth >= DEEPEST) {
                throw new Exceeded("they include each other more than " + DEEPEST + " deep.");
            }
            depth++;
            try {
                included.render(self, writer, context);
            } finally {
                depth--;
            }
        }

        @Override
        public void accept(NodeVisitor visitor) {
            included.accept(visitor);
        }
    }
}
