package io.aiaudit.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Walks once over the text of a CSV file and notes what DuckDB does not report: line ends of two kinds, blank lines,
 * bytes that are not UTF-8, a quote that nobody closes, and on which line of the text a record starts. Records are
 * counted as DuckDB counts them, the header is 1.
 */
final class CsvRecords {
    private enum State {
        FIELD_START,
        PLAIN,
        QUOTED,
        QUOTE_IN_QUOTED
    }

    private final char delimiter;

    /** By value: whether a byte changes nothing when the one before it was ordinary, too. */
    private final boolean[] ordinary = new boolean[256];

    private final Set<Long> wanted;
    private final Map<Long, Long> lines = new HashMap<>();

    /** Bytes beyond which DuckDB may lose a record without a word. What is a little shorter it refuses by itself. */
    static final long LONGEST = 2 << 20;

    /** Bytes beyond which nothing more is read: not a long record, but a file that is something else. */
    static final long ENDLESS = 64 << 20;

    private final Set<Long> tooLong = new HashSet<>();
    private long bytesBefore;
    private long recordStartsAfter;
    private long recordStartsInLine = 1;
    private long endlessLine;

    private State state = State.FIELD_START;
    private boolean recordStart = true;
    private boolean afterReturn;
    private long records;
    private long line = 1;
    private long quoteLine;
    private boolean plainEnds;
    private boolean returnEnds;
    private boolean blankLines;
    private long blankBytes;
    private boolean brokenUtf8;
    private int continuation;

    /** Remembers the lines of the {@code wanted} records. */
    CsvRecords(char delimiter, Set<Long> wanted) {
        this.delimiter = delimiter;
        this.wanted = wanted;
        Arrays.fill(ordinary, 0, 128, true);
        for (char c : new char[] {'"', '\r', '\n', delimiter}) {
            ordinary[c] = false;
        }
    }

    CsvRecords read(InputStream stream) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int length = stream.read(buffer); length >= 0; length = stream.read(buffer)) {
            boolean afterOrdinary = false;
            for (int i = 0; i < length; i++) {
                boolean now = ordinary[buffer[i] & 0xff];
                if (!now || !afterOrdinary) {
                    next(buffer[i]);
                }
                afterOrdinary = now;
            }
            bytesBefore += length;
            if (!recordStart && bytesBefore - recordStartsAfter > ENDLESS) {
                endlessLine = recordStartsInLine;
                return this;
            }
            if (hasTooManyBlankLines()) {
                return this;
            }
        }
        checkLength();
        return this;
    }

    /** To the length of a buffer, which costs nothing for each byte. */
    private void checkLength() {
        if (bytesBefore - recordStartsAfter > LONGEST) {
            tooLong.add(records);
        }
    }

    /** Takes one byte after the other; {@link #records} is then the record that it is part of. */
    void next(byte b) {
        checkUtf8(b);
        if (b == '\n') {
            lineBreak();
            return;
        }
        if (b == '\r' && state != State.QUOTED) {
            afterReturn = true;
            blankBytes += recordStart ? 1 : 0;
            return;
        }
        afterReturn = false;
        if (recordStart) {
            start();
        }
        switch (state) {
            case FIELD_START -> state = b == '"' ? quote() : b == delimiter ? State.FIELD_START : State.PLAIN;
            case PLAIN -> state = b == delimiter ? State.FIELD_START : State.PLAIN;
            case QUOTED -> state = b == '"' ? State.QUOTE_IN_QUOTED : State.QUOTED;
            case QUOTE_IN_QUOTED -> state = b == '"' ? State.QUOTED : b == delimiter ? State.FIELD_START : State.PLAIN;
        }
    }

    private State quote() {
        quoteLine = line;
        return State.QUOTED;
    }

    private void start() {
        recordStart = false;
        recordStartsAfter = bytesBefore;
        recordStartsInLine = line;
        records++;
        if (!wanted.isEmpty() && wanted.contains(records)) {
            lines.put(records, line);
        }
    }

    private void lineBreak() {
        if (state != State.QUOTED) {
            returnEnds |= afterReturn;
            plainEnds |= !afterReturn;
            if (recordStart) {
                blankLines = true;
                blankBytes++;
            } else {
                checkLength();
            }
            recordStart = true;
            state = State.FIELD_START;
        }
        afterReturn = false;
        line++;
    }

    /** Enough to distinguish UTF-8 from Latin-1: each lead byte is followed by its continuation bytes. */
    private void checkUtf8(byte b) {
        if (b >= 0) {
            brokenUtf8 |= continuation > 0;
            continuation = 0;
        } else if ((b & 0xc0) == 0x80) {
            brokenUtf8 |= continuation == 0;
            continuation--;
        } else {
            brokenUtf8 |= continuation > 0 || (b & 0xff) < 0xc2 || (b & 0xff) > 0xf4;
            continuation = (b & 0xe0) == 0xc0 ? 1 : (b & 0xf0) == 0xe0 ? 2 : 3;
        }
    }

    long records() {
        return records;
    }

    /** True between the first byte of a record and the end of its line. */
    boolean isInRecord() {
        return !recordStart;
    }

    Set<Long> tooLong() {
        return tooLong;
    }

    /** The line where a record starts that is so long that it was not read to its end; 0 when there is none. */
    long endlessLine() {
        return endlessLine;
    }

    /** The line of the text where a wanted record starts. */
    Map<Long, Long> lines() {
        return lines;
    }

    boolean mixedLineEnds() {
        return plainEnds && returnEnds;
    }

    boolean hasBlankLines() {
        return blankLines;
    }

    /** The rest of the file was not read then. */
    boolean hasTooManyBlankLines() {
        return blankBytes > SourceFile.MOST_BLANK;
    }

    boolean isUtf8() {
        return !brokenUtf8 && continuation <= 0;
    }

    /**
     * The line of a quote that is never closed although more lines follow it, which then belong to nobody; 0 when there
     * is none.
     */
    long openQuoteLine() {
        return state == State.QUOTED && line - quoteLine > 1 ? quoteLine : 0;
    }
}
