package io.aiaudit.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Standard output of the process. Remembers that it could not be written to, which a PrintWriter over it keeps to
 * itself.
 */
final class StandardOutput extends OutputStream {
    private final OutputStream stream;
    private IOException failure;

    private StandardOutput(OutputStream stream) {
        this.stream = stream;
    }

    static StandardOutput ofProcess() {
        return new StandardOutput(new FileOutputStream(FileDescriptor.out));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            stream.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether the reader has gone, as {@code head} does when it has its lines: then nothing is wrong. */
    static boolean isClosedPipe(Throwable failure) {
        return failure instanceof IOException
                && String.valueOf(failure.getMessage()).contains("Broken pipe");
    }
}
