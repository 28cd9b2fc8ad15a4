package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.bertramlabs.plugins.hcl4j.HCLParser;
import com.bertramlabs.plugins.hcl4j.HCLParserException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The snippets of Terraform as a report holds them, read by a parser of HCL2 that is not ours. */
class TerraformParserTest {
    private static final Pattern NUMBER = Pattern.compile("\\{number:(\\w+)}");
    private static final Pattern TYPE = Pattern.compile("\\b(?:aws|azurerm|google)_[a-z0-9_]+");

    private static final Pattern STRING_OR_COMMENT = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"|#.*");

    private static final Map<String, String> MACHINES =
            Map.of("aws", "aws_instance", "azure", "azurerm_linux_virtual_machine", "gcp", "google_compute_instance");

    record Snippet(String rule, String remedy, String provider, String text) {
        /** With values as hostile as a cloud lets them be. */
        String filled() {
            Map<String, String> values = new HashMap<>();
            ResourceCommand.PLACEHOLDERS.forEach(
                    name -> values.put(name, "a \"quoted\" " + name + " of {this} # place"));
            Map<String, Object> numbers = new HashMap<>();
            Matcher number = NUMBER.matcher(text);
            while (number.find()) {
                numbers.put(number.group(1), 3.0);
            }
            return String.join("\n", TerraformSnippet.first(List.of(text), values, numbers));
        }

        @Override
        public String toString() {
            return rule + " " + remedy + " " + provider;
        }
    }

    static List<Snippet> snippets() {
        List<Snippet> snippets = new ArrayList<>();
        for (Rule rule : RuleBook.builtIn().rules()) {
            rule.remedies()
                    .forEach((name, remedy) -> remedy.terraform()
                            .forEach((provider, texts) ->
                                    texts.forEach(text -> snippets.add(new Snippet(rule.id(), name, provider, text)))));
        }
        assertThat(snippets).hasSizeGreaterThan(20);
        return snippets;
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void a_parser_of_hcl_reads_it_and_every_argument_is_one_of_its_resource(Snippet snippet) throws Exception {
        String text = snippet.filled();
        Map<String, Object> read = parse(text);
        assertThat(read).as(text).isNotEmpty();
        Properties known = known();
        if (!read.containsKey("resource")) {
            String type = typeOfPart(snippet);
            assertThat(known).as("a part of a block").containsKey(type);
            assertThat(names(read)).as(type).isSubsetOf(arguments(known, type));
            return;
        }
        for (String block : List.of("resource", "data")) {
            map(read.getOrDefault(block, Map.of())).forEach((type, named) -> {
                assertThat(known).containsKey(type);
                map(named)
                        .values()
                        .forEach(body -> assertThat(names(map(body)))
                                .as(type)
                                .isNotEmpty()
                                .isSubsetOf(arguments(known, type)));
            });
        }
    }

    /** What the check is worth: it refuses what Terraform would refuse. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "resource \"aws_instance\" \"a\" {\n  instance_type = \"x\"\n",
                "a = \"not closed",
                "a = [1, 2",
                "a = join(\"/\", [\"b\")",
                "a = {]}"
            })
    void what_is_not_closed_is_refused(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(Exception.class);
    }

    @Test
    void a_value_is_read_as_it_is() throws Exception {
        String name = "a \"quoted\" name, with \\ and #";
        assertThat(parse("size = " + TerraformSnippet.quote(name))).containsEntry("size", name);
    }

    /** The parser takes the end of the text for every bracket that is open, so these are looked at first. */
    private static Map<String, Object> parse(String text) throws HCLParserException, IOException {
        String brackets = STRING_OR_COMMENT.matcher(text).replaceAll("").replaceAll("[^\\[\\](){}]", "");
        for (int before = -1; before != brackets.length(); ) {
            before = brackets.length();
            brackets = brackets.replace("[]", "").replace("()", "").replace("{}", "");
        }
        if (!brackets.isEmpty()) {
            throw new HCLParserException("not closed: " + brackets);
        }
        return new HCLParser().parse(text + "\n");
    }

    /** Which resource a snippet without one belongs into: the one that it names, or the machine. */
    private static String typeOfPart(Snippet snippet) {
        Matcher named = TYPE.matcher(snippet.text());
        return named.find() ? named.group() : MACHINES.get(snippet.provider().replaceFirst("/.*", ""));
    }

    private static Set<String> arguments(Properties known, String type) {
        return new TreeSet<>(Arrays.asList(known.getProperty(type).split(" ")));
    }

    /** All names of arguments and blocks, those inside of blocks too. */
    private static Set<String> names(Map<String, Object> body) {
        Set<String> names = new TreeSet<>();
        body.forEach((name, value) -> {
            names.add(name);
            Stream<?> inside = value instanceof List<?> list ? list.stream() : Stream.of(value == null ? "" : value);
            inside.filter(Map.class::isInstance).forEach(each -> names.addAll(names(map(each))));
        });
        return names;
    }

    @SuppressWarnings("unchecked") // what the parser returns
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static Properties known() throws IOException {
        Properties known = new Properties();
        try (InputStream file = TerraformParserTest.class.getResourceAsStream("terraform-arguments.properties")) {
            known.load(file);
        }
        return known;
    }
}
