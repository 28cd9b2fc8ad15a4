package io.aiaudit.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Parts the text of a CSV file in one walk over its bytes: what differs from row to row becomes a line of one file, and
 * each record whose other columns were not seen before goes whole into another one. Takes only text that nobody can
 * read in two ways: UTF-8, one kind of line end, as many values in each record as the header has, quotes around whole
 * values. Values are copied as they are, with their quotes.
 */
final class TextParts {
    /** Bytes; a longer record is left to those who can find what is wrong with it. */
    private static final int LONGEST = 1 << 20;

    /** Of the first records a fewer part than a half has to repeat others, else parting a file makes it longer. */
    private static final int JUDGED_AFTER = 100_000;

    private static final int NOT_WHOLE = -1;
    private static final int ODD = -2;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final byte delimiter;
    private final int columns;
    private final int[] differing;

    /** First and behind the last of each run of columns that rows have in common. */
    private final int[] common;

    /** By value, whether a byte in or outside of quotes means more than itself. */
    private final boolean[] special = new boolean[256];

    private final boolean[] specialQuoted = new boolean[256];

    private final byte[] bytes = new byte[2 * LONGEST];
    private int length;

    /** Where the values of the record begin, and one behind the delimiter that would follow the last. */
    private final int[] starts;

    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer characters = CharBuffer.allocate(2 * LONGEST);
    private final HashNumbers seen = new HashNumbers();
    private final ByteLines lines;
    private final ByteLines texts;

    /** Bytes of a line end, 0 before the first. */
    private int lineEnd;

    private boolean lastEndIsOurs;

    private boolean ascii;
    private boolean breaksInside;
    private long rows;
    private long parted;

    /**
     * Writes to {@code lines} the row's number, the number of its text and the {@code differing} columns; to {@code
     * texts} the same two numbers and the whole record.
     */
    TextParts(
            char delimiter,
            int columns,
            List<Integer> differing,
            List<Integer> common,
            OutputStream lines,
            OutputStream texts) {
        this.delimiter = (byte) delimiter;
        this.columns = columns;
        this.differing = differing.stream().mapToInt(i -> i).toArray();
        this.common = runs(common);
        this.starts = new int[columns + 1];
        this.lines = new ByteLines(lines);
        this.texts = new ByteLines(texts);
        Arrays.fill(special, 128, 256, true);
        Arrays.fill(specialQuoted, 128, 256, true);
        for (char c : new char[] {'\0', '"', '\r', '\n'}) {
            special[c] = true;
            specialQuoted[c] = true;
        }
        special[delimiter] = true;
    }

    private static int[] runs(List<Integer> indexes) {
        int[] runs = new int[2 * indexes.size()];
        int count = 0;
        for (int index : indexes) {
            if (count > 0 && runs[count - 1] == index) {
                runs[count - 1]++;
            } else {
                runs[count++] = index;
                runs[count++] = index + 1;
            }
        }
        return Arrays.copyOf(runs, count);
    }

    /**
     * Parts all of it; false when it is not that plain, and what was written is of no use. The stream is read to its
     * end where it is true.
     */
    boolean part(InputStream in) throws IOException {
        boolean more = fill(in);
        int from = startsWithMark() ? BYTE_ORDER_MARK.length : 0;
        boolean header = true;
        while (more || from < length) {
            int end = endOfRecord(from);
            if (end == NOT_WHOLE && more) {
                System.arraycopy(bytes, from, bytes, 0, length - from);
                length -= from;
                from = 0;
                if (length >= LONGEST) {
                    return false;
                }
                more = fill(in);
                continue;
            }
            if (end < 0 || end - from > LONGEST || !(ascii || isUtf8(from, end)) || (!header && !row(from))) {
                return false;
            }
            header = false;
            from = end;
        }
        lines.flush();
        texts.flush();
        return rows > 0;
    }

    private boolean startsWithMark() {
        return length >= BYTE_ORDER_MARK.length
                && Arrays.equals(bytes, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    /** False at the end of the stream, where a last line without its end gets one. */
    private boolean fill(InputStream in) throws IOException {
        while (length < bytes.length - 1) {
            int read = in.read(bytes, length, bytes.length - 1 - length);
            if (read < 0) {
                endLastLine();
                return false;
            }
            length += read;
        }
        return true;
    }

    private void endLastLine() {
        if (length > 0 && bytes[length - 1] != '\n') {
            bytes[length++] = '\n';
            lastEndIsOurs = true;
        }
    }

    /** Notes where the values of the record begin that begins here, and gives the position behind its line end. */
    private int endOfRecord(int from) {
        byte[] b = bytes;
        int end = length;
        int p = from;
        int column = 0;
        ascii = true;
        breaksInside = false;
        starts[0] = from;
        while (true) {
            while (p < end && !special[b[p] & 0xff]) {
                p++;
            }
            if (p >= end) {
                return NOT_WHOLE;
            }
            byte now = b[p];
            if (now == delimiter) {
                if (++column == columns) {
                    return ODD;
                }
                starts[column] = ++p;
            } else if (now == '"') {
                p = p == starts[column] ? endOfQuoted(p + 1) : ODD;
                if (p < 0) {
                    return p;
                }
            } else if (now < 0) {
                ascii = false;
                p++;
            } else {
                return endOfLine(from, p, column);
            }
        }
    }

    /** The position behind the quote that closes the value; only a delimiter or a line end may follow it. */
    private int endOfQuoted(int from) {
        byte[] b = bytes;
        int p = from;
        while (true) {
            while (p < length && !specialQuoted[b[p] & 0xff]) {
                p++;
            }
            if (p + 1 >= length) {
                return NOT_WHOLE;
            }
            if (b[p] == 0) {
                return ODD;
            }
            ascii &= b[p] > 0;
            breaksInside |= b[p] == '\n' || b[p] == '\r';
            if (b[p++] == '"') {
                byte next = b[p];
                if (next == '"') {
                    p++;
                } else {
                    return next == delimiter || next == '\n' || next == '\r' ? p : ODD;
                }
            }
        }
    }

    private int endOfLine(int from, int at, int column) {
        boolean pair = bytes[at] == '\r';
        if (pair && at + 1 >= length) {
            return NOT_WHOLE;
        }
        int bytesOfEnd = pair ? 2 : 1;
        boolean isEnd = bytes[at + bytesOfEnd - 1] == '\n';
        boolean other = lineEnd != 0 && lineEnd != bytesOfEnd && !(lastEndIsOurs && at == length - 1);
        if (!isEnd || at == from || column != columns - 1 || other) {
            return ODD;
        }
        lineEnd = bytesOfEnd;
        starts[columns] = at + 1;
        return at + bytesOfEnd;
    }

    private boolean isUtf8(int from, int end) {
        characters.clear();
        utf8.reset();
        return !utf8.decode(ByteBuffer.wrap(bytes, from, end - from), characters, true)
                .isError();
    }

    /** False when the row cannot be parted, or parting is of no use. */
    private boolean row(int from) throws IOException {
        rows++;
        long hash = hash();
        long number = seen.number(hash);
        if (number == 0) {
            number = ++parted;
            if (rows == JUDGED_AFTER && parted > rows / 2) {
                return false;
            }
            seen.put(hash, number);
            texts.number(rows);
            texts.value(delimiter);
            texts.number(number);
            texts.value(delimiter);
            texts.values(bytes, from, starts[columns] - 1);
            texts.end();
        }
        lines.number(rows);
        lines.value(delimiter);
        lines.number(number);
        for (int column : differing) {
            int start = starts[column];
            int end = starts[column + 1] - 1;
            if (breaksInside && breaks(start, end)) {
                return false;
            }
            lines.value(delimiter);
            lines.values(bytes, start, end);
        }
        lines.end();
        return true;
    }

    private boolean breaks(int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                return true;
            }
        }
        return false;
    }

    /** Of the columns that rows have in common, 64 bits by FNV-1a and a last mix; that of ADR 20 is as wide. */
    private long hash() {
        byte[] b = bytes;
        long hash = 0xcbf29ce484222325L;
        for (int run = 0; run < common.length; run += 2) {
            // The delimiter behind the run is hashed, too, so that values cannot move from one column to the next.
            int end = starts[common[run + 1]] - 1;
            for (int i = starts[common[run]]; i < end; i++) {
                hash = (hash ^ b[i]) * 0x100000001b3L;
            }
            hash = (hash ^ delimiter) * 0x100000001b3L;
        }
        hash ^= hash >>> 32;
        hash *= 0x9e3779b97f4a7c15L;
        return hash ^ hash >>> 29;
    }
}
