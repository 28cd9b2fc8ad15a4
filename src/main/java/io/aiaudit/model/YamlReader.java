package io.aiaudit.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads the part of YAML that people write by hand: maps, lists and plain values. A key given twice, anchors, aliases,
 * tags and a second document are refused, since each makes a file mean something else than it seems to say.
 */
public final class YamlReader {
    private static final int LARGEST = 4 << 20;
    /** In the message of the parser: the name of its method that has a limit, and of its class that it found. */
    private static final Pattern NAMES_OF_CODE = Pattern.compile(", from `[^`]*`|, got this instead: <.*");

    private final String file;
    private final int[] source;
    private final YAMLParser parser;

    private YamlReader(String file, String text, YAMLParser parser) {
        this.file = file;
        this.source = text.codePoints().toArray();
        this.parser = parser;
    }

    /** Reads a file, which messages name as {@code file} is written. */
    public static YamlNode read(Path file) {
        return read(file, file.toString());
    }

    /** Reads a file; {@code name} is what messages about its contents call it. */
    public static YamlNode read(Path file, String name) {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new UserError(
                        file + " is larger than 4 MB.",
                        "Name a YAML file that a person wrote; match many resources by their tags.");
            }
            return parse(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (NoSuchFileException e) {
            throw new UserError(file + " does not exist.", "Check the path: ls " + file, e);
        } catch (CharacterCodingException e) {
            throw new UserError(file + " is not text in UTF-8.", "Save it as UTF-8.", e);
        } catch (IOException e) {
            throw new UserError(file + " cannot be read.", "Check its permissions: ls -l " + file, e);
        }
    }

    /** Reads {@code text}; an empty one is an absent value. {@code file} is what messages call it. */
    public static YamlNode parse(String file, String text) {
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            return new YamlReader(file, text, parser).document();
        } catch (JsonProcessingException e) {
            throw syntax(file, e);
        } catch (IOException e) {
            throw new UserError(file + " cannot be read.", "Check that it is text in UTF-8.", e);
        }
    }

    private YamlNode document() throws IOException {
        JsonToken first = parser.nextToken();
        YamlNode root = first == null ? scalar("", YamlNode.Kind.NULL) : value(first, "");
        if (parser.nextToken() != null) {
            throw refused("a second document starts here.", "Keep one document in the file; remove the line ---.");
        }
        return root;
    }

    private YamlNode value(JsonToken token, String path) throws IOException {
        refuseReferences();
        return switch (token) {
            case START_OBJECT -> map(path);
            case START_ARRAY -> list(path);
            case VALUE_NULL -> scalar(path, YamlNode.Kind.NULL);
            case VALUE_TRUE, VALUE_FALSE -> scalar(path, YamlNode.Kind.YES_OR_NO);
            case VALUE_NUMBER_INT -> wholeNumber(path);
            case VALUE_NUMBER_FLOAT -> scalar(path, YamlNode.Kind.NUMBER);
            case VALUE_STRING -> scalar(path, YamlNode.Kind.TEXT);
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw refused(
                        "this value is not text, a number, true or false, a list or a map.",
                        "Write it as text, in quotes.");
        };
    }

    /** 0x1F is a number to YAML; here it is the text that it looks like. */
    private YamlNode wholeNumber(String path) throws IOException {
        boolean digits = parser.getText().matches("[-+]?[0-9][0-9_]*");
        return scalar(path, digits ? YamlNode.Kind.WHOLE_NUMBER : YamlNode.Kind.TEXT);
    }

    private YamlNode map(String path) throws IOException {
        YamlNode.Location location = location(path);
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            refuseReferences();
            String key = parser.currentName();
            if (entries.containsKey(key)) {
                throw refused(
                        "the key \"" + key + "\" is given twice; first on line "
                                + entries.get(key).line() + ".",
                        "Keep one of the two.");
            }
            int line = line();
            YamlNode value = value(parser.nextToken(), path.isEmpty() ? key : path + "." + key);
            entries.put(key, value.isAbsent() ? absent(value, line) : value);
        }
        return YamlNode.map(location, entries);
    }

    /** A key without a value: the parser puts it on the next line. */
    private YamlNode absent(YamlNode value, int line) {
        return YamlNode.scalar(new YamlNode.Location(file, line, value.path()), YamlNode.Kind.NULL, null);
    }

    private YamlNode list(String path) throws IOException {
        YamlNode.Location location = location(path);
        List<YamlNode> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(token, path + "[" + items.size() + "]"));
        }
        return YamlNode.list(location, items);
    }

    private YamlNode scalar(String path, YamlNode.Kind kind) throws IOException {
        return YamlNode.scalar(location(path), kind, kind == YamlNode.Kind.NULL ? null : parser.getText());
    }

    private void refuseReferences() throws IOException {
        if (parser.isCurrentAlias() || isAnchored()) {
            throw refused(
                    "anchors (&name) and aliases (*name) are not read.",
                    "Write the value out, in quotes if it starts with & or *.");
        }
        if (parser.getTypeId() != null) {
            throw refused("tags (!name) are not read.", "Remove the tag, or put the value in quotes.");
        }
    }

    /** The parser reports the anchors of lists and maps only; that of a plain value is seen in the file. */
    private boolean isAnchored() {
        int start = start();
        return start < source.length && source[start] == '&';
    }

    /** Where the current value starts in the file, in code points. */
    private int start() {
        return (int) Math.max(0, parser.currentTokenLocation().getCharOffset());
    }

    private YamlNode.Location location(String path) {
        return new YamlNode.Location(file, line(), path);
    }

    private int line() {
        return Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    private UserError refused(String problem, String fix) {
        return new UserError(file + ":" + line() + ": " + problem, fix);
    }

    private static UserError syntax(String file, JsonProcessingException e) {
        String problem = NAMES_OF_CODE
                .matcher(String.valueOf(e.getOriginalMessage())
                        .lines()
                        .findFirst()
                        .orElse("not readable"))
                .replaceAll("");
        int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            problem = marked.getProblem();
            line = marked.getProblemMark().getLine() + 1;
        }
        return new UserError(
                file + ":" + line + ": this is not YAML: " + problem + ".",
                "Check the indentation (spaces, no tabs) and put text that holds a colon or a hash in quotes.",
                e);
    }
}
