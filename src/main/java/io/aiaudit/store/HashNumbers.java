package io.aiaudit.store;

/**
 * Numbers by 64-bit hashes, in little memory. When it is full it begins anew, which makes nothing wrong: what it forgot
 * is taken for new.
 */
final class HashNumbers {
    private static final int FIRST_SLOTS = 1 << 16;
    private static final int MOST_SLOTS = 1 << 21;

    private long[] hashes = new long[FIRST_SLOTS];

    /** 0 in a free slot. */
    private long[] numbers = new long[FIRST_SLOTS];

    private int count;

    /** 0 when it is not known. */
    long number(long hash) {
        return numbers[slot(hash)];
    }

    void put(long hash, long number) {
        if (2 * count >= hashes.length) {
            grow();
        }
        int slot = slot(hash);
        count++;
        hashes[slot] = hash;
        numbers[slot] = number;
    }

    /** Where it is, or the free slot where it belongs. */
    private int slot(long hash) {
        int slot = (int) hash & (hashes.length - 1);
        while (numbers[slot] != 0 && hashes[slot] != hash) {
            slot = (slot + 1) & (hashes.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldHashes = hashes;
        long[] oldNumbers = numbers;
        boolean full = oldHashes.length == MOST_SLOTS;
        int slots = full ? FIRST_SLOTS : 2 * oldHashes.length;
        hashes = new long[slots];
        numbers = new long[slots];
        count = 0;
        for (int i = 0; !full && i < oldHashes.length; i++) {
            if (oldNumbers[i] != 0) {
                put(oldHashes[i], oldNumbers[i]);
            }
        }
    }
}
