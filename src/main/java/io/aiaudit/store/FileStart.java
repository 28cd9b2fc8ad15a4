package io.aiaudit.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * The beginning of a file without any demand on its form: what can be seen of it although it is cut off, packed or
 * written in another way than {@link FileHeader} reads.
 */
final class FileStart {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ENOUGH = 256 << 10;
    /** Titles may be above a header. */
    private static final int LINES = 20;

    private static final int OBJECTS = 100;
    private static final Pattern SEPARATORS = Pattern.compile("[,;\t|^~]");

    /** Unpacked. */
    private final byte[] bytes;

    private FileStart(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Nothing of a file that cannot be read. */
    static FileStart of(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            return of(stream);
        } catch (IOException e) {
            return new FileStart(new byte[0]);
        }
    }

    static FileStart of(InputStream stream) {
        byte[] packed = first(stream);
        boolean isGzip = packed.length > 1 && (packed[0] & 0xff) == 0x1f && (packed[1] & 0xff) == 0x8b;
        return new FileStart(isGzip ? unpacked(packed) : packed);
    }

    private static byte[] unpacked(byte[] packed) {
        try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return first(stream);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    /** As much as can be read. */
    private static byte[] first(InputStream stream) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 13];
        try {
            for (int count = stream.read(buffer); count >= 0 && read.size() < ENOUGH; count = stream.read(buffer)) {
                read.write(buffer, 0, count);
            }
        } catch (IOException e) {
            return read.toByteArray();
        }
        return read.toByteArray();
    }

    boolean beginsWith(String letters) {
        byte[] wanted = letters.getBytes(StandardCharsets.ISO_8859_1);
        return bytes.length >= wanted.length && Arrays.equals(Arrays.copyOf(bytes, wanted.length), wanted);
    }

    /** Whatever its charset is: names of columns have no letters that two of them write in different ways. */
    String text() {
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("\0", "");
        return text.replaceFirst("^(\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)", "")
                .stripLeading();
    }

    /** Whether there is nothing in it that a person could read. */
    boolean isDark() {
        String text = text();
        return text.isBlank() || text.chars().anyMatch(letter -> letter < '\t');
    }

    /** What may be a header: each of the first lines, or the names in the first objects. */
    List<List<String>> headers() {
        String text = text();
        if (text.startsWith("{") || text.startsWith("[")) {
            return List.of(names(text));
        }
        return text.lines()
                .filter(line -> !line.isBlank())
                .limit(LINES)
                .map(line -> SEPARATORS
                        .splitAsStream(line)
                        .map(name -> name.replace("\"", "").strip())
                        .toList())
                .toList();
    }

    /** Of objects one a line, one after the other or in an array. */
    private static List<String> names(String text) {
        Set<String> names = new LinkedHashSet<>();
        int objects = 0;
        try (JsonParser parser = JSON.createParser(text)) {
            JsonToken token = parser.nextToken();
            while (token != null && objects < OBJECTS) {
                if (token == JsonToken.START_OBJECT) {
                    JsonNode object = parser.readValueAsTree();
                    JsonHeader.addNames(names, "", object, 0);
                    objects++;
                }
                token = parser.nextToken();
            }
        } catch (IOException e) {
            return List.copyOf(names); // the last one is cut
        }
        return List.copyOf(names);
    }
}
