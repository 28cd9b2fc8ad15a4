package io.aiaudit.store;

import java.io.IOException;
import java.io.OutputStream;

/** Lines of bytes on their way to a file; for one thread, which makes it faster than a BufferedOutputStream. */
final class ByteLines {
    private static final int MOST_DIGITS = 19;

    private final byte[] buffer = new byte[1 << 18];
    private final OutputStream out;
    private int length;

    ByteLines(OutputStream out) {
        this.out = out;
    }

    void value(byte value) throws IOException {
        if (length == buffer.length) {
            flush();
        }
        buffer[length++] = value;
    }

    void values(byte[] bytes, int from, int to) throws IOException {
        int count = to - from;
        if (count > buffer.length - length) {
            flush();
            if (count > buffer.length) {
                out.write(bytes, from, count);
                return;
            }
        }
        System.arraycopy(bytes, from, buffer, length, count);
        length += count;
    }

    /** In decimal digits; not below 0. */
    void number(long number) throws IOException {
        if (buffer.length - length < MOST_DIGITS) {
            flush();
        }
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        long rest = number;
        for (int i = length + digits - 1; i >= length; i--) {
            buffer[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }

    void end() throws IOException {
        value((byte) '\n');
    }

    /** Hands everything on. */
    void flush() throws IOException {
        out.write(buffer, 0, length);
        length = 0;
    }
}
