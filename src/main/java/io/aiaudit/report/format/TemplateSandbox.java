package io.aiaudit.report.format;

import io.aiaudit.report.text.MarkdownText;
import io.aiaudit.report.text.VisibleText;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.AttributeNotFoundException;
import io.pebbletemplates.pebble.error.ClassAccessException;
import io.pebbletemplates.pebble.error.LoaderException;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.extension.Extension;
import io.pebbletemplates.pebble.extension.ExtensionCustomizer;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.loader.Loader;
import io.pebbletemplates.pebble.operator.BinaryOperator;
import io.pebbletemplates.pebble.tokenParser.TokenParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Runs the templates of a user. They see maps, lists, numbers and text, can loop, choose and include each other, and
 * nothing else: no file, class, method or function, and neither time nor memory without end.
 */
final class TemplateSandbox {
    private static final int LARGEST_REPORT = 64_000_000;
    private static final Set<String> FILTERS = Set.of("escape", "length", "upper", "lower", "first", "last");

    /** Without those that make long texts and lists out of short ones, as {@link TemplateValues} does it for values. */
    private static final Set<String> NO_OPERATORS = Set.of("~", "..", "+", "*");

    /** How the engine says which tag it was looking for. */
    private static final Pattern UNFINISHED =
            Pattern.compile("Unexpected end of template[.] .* looking for the (\"\\w+\") tag.*");

    private static final Pattern BUILT_IN = Pattern.compile("[a-z]+(-[a-z]+)*\\.html");

    private final OwnTemplates templates;
    private final TemplateLimits limits = new TemplateLimits();

    TemplateSandbox(OwnTemplates templates) {
        this.templates = templates;
    }

    /**
     * What a template makes of {@code page}.
     *
     * @param escaping {@code html} or {@code markdown}
     */
    String evaluated(String template, Map<String, Object> page, String escaping) {
        try {
            StringWriter writer = new StringWriter();
            engine(escaping).getTemplate(template).evaluate(writer, page, Locale.ROOT);
            return writer.toString();
        } catch (PebbleException e) {
            throw templates.refused(problem(e), e);
        } catch (TemplateLimits.Exceeded e) {
            throw templates.refused(e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw templates.refused("one is nested too deeply.", e);
        } catch (IOException | RuntimeException e) {
            throw templates.refused("one uses a value as something that it is not.", e);
        }
    }

    private static String problem(PebbleException problem) {
        String where =
                problem.getFileName() == null ? "" : problem.getFileName() + ":" + problem.getLineNumber() + ": ";
        String what = VisibleText.of(words(problem)).strip();
        return where + what + (what.endsWith(".") ? "" : ".");
    }

    /** The engine's own words where these are about the template, and not about Java or the engine. */
    private static String words(PebbleException problem) {
        if (problem instanceof AttributeNotFoundException missing) {
            return "there is no value \"" + missing.getAttributeName() + "\"";
        }
        if (problem instanceof ClassAccessException) {
            return "it uses a value or a method that no template has";
        }
        String message = String.valueOf(problem.getPebbleMessage());
        return message.startsWith("Wrong operand(s) type")
                ? "a condition is neither true nor false, or compares what has no order"
                : UNFINISHED.matcher(message).replaceFirst("the tag $1 is missing");
    }

    private PebbleEngine engine(String escaping) {
        return new PebbleEngine.Builder()
                .loader(new InMemory())
                .registerExtensionCustomizer(Narrowed::new)
                .addEscapingStrategy("markdown", MarkdownText::sentence)
                .defaultEscapingStrategy(escaping)
                .autoEscaping(true)
                .strictVariables(true)
                .methodAccessValidator((object, method) -> false)
                .maxRenderedSize(LARGEST_REPORT)
                .defaultLocale(Locale.ROOT)
                .build();
    }

    /** What an extension of the engine brings, less what a template must not have. */
    private final class Narrowed extends ExtensionCustomizer {
        Narrowed(Extension extension) {
            super(extension);
        }

        @Override
        public Map<String, Filter> getFilters() {
            Map<String, Filter> filters =
                    super.getFilters() == null ? new TreeMap<>() : new TreeMap<>(super.getFilters());
            filters.keySet().retainAll(FILTERS);
            return filters;
        }

        @Override
        public Map<String, Function> getFunctions() {
            return Map.of();
        }

        @Override
        public List<TokenParser> getTokenParsers() {
            return super.getTokenParsers() == null ? List.of() : limits.allowed(super.getTokenParsers());
        }

        @Override
        public List<BinaryOperator> getBinaryOperators() {
            return super.getBinaryOperators() == null
                    ? List.of()
                    : super.getBinaryOperators().stream()
                            .filter(operator -> !NO_OPERATORS.contains(operator.getSymbol()))
                            .toList();
        }
    }

    /** The texts that were read before, then those of aiaudit, each by its name; a path is the name of none. */
    private final class InMemory implements Loader<String> {
        @Override
        public Reader getReader(String name) {
            if (templates.has(name)) {
                String text = templates.find(name).orElseThrow();
                TemplateValues.check(name, text);
                return new StringReader(text);
            }
            InputStream builtIn = BUILT_IN.matcher(name).matches()
                    ? TemplateSandbox.class.getResourceAsStream("/templates/" + name)
                    : null;
            if (builtIn == null) {
                throw new LoaderException(null, "there is no template \"" + VisibleText.of(name) + "\"");
            }
            return new InputStreamReader(builtIn, StandardCharsets.UTF_8);
        }

        @Override
        public void setCharset(String charset) {
            // Texts have none.
        }

        @Override
        public void setPrefix(String prefix) {
            // Names are whole.
        }

        @Override
        public void setSuffix(String suffix) {
            // Names are whole.
        }

        @Override
        public String resolveRelativePath(String relativePath, String anchorPath) {
            return relativePath;
        }

        @Override
        public String createCacheKey(String name) {
            return name;
        }

        @Override
        public boolean resourceExists(String name) {
            return templates.has(name) || BUILT_IN.matcher(name).matches();
        }
    }
}
