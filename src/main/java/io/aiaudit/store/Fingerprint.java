package io.aiaudit.store;

import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * Shows whether two files have the same contents: their length and two checksums of 32 bits, which take no time where a
 * cryptographic hash takes longer than everything else. Nobody gains by forging one: the file would not be counted.
 */
final class Fingerprint implements Checksum {
    private final Checksum crc32 = new CRC32();
    private final Checksum crc32c = new CRC32C();
    private long length;

    @Override
    public void update(int b) {
        update(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void update(byte[] bytes, int offset, int count) {
        crc32.update(bytes, offset, count);
        crc32c.update(bytes, offset, count);
        length += count;
    }

    @Override
    public long getValue() {
        return crc32.getValue() << 32 | crc32c.getValue();
    }

    @Override
    public void reset() {
        crc32.reset();
        crc32c.reset();
        length = 0;
    }

    /** As text, for the table of the files that were read. */
    String text() {
        return length + "-" + Long.toHexString(getValue());
    }
}
