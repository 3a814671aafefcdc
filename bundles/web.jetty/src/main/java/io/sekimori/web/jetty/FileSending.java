package io.sekimori.web.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.IteratingCallback;

/**
 * Sends a part of a file as fast as it is read, without a thread that waits for it: else as many slow readers as there
 * are threads would keep out everybody. Closes the file. Jetty calls one method at a time.
 */
final class FileSending extends IteratingCallback {

    private static final int CHUNK_BYTES = 16 << 10;

    private final FileChannel file;
    private final Response response;
    private final Callback callback;
    private final long end;
    private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES);
    private long at;

    FileSending(FileChannel file, long first, long end, Response response, Callback callback) {
        this.file = file;
        this.at = first;
        this.end = end;
        this.response = response;
        this.callback = callback;
    }

    @Override
    protected Action process() throws IOException {
        if (at == end) {
            return Action.SUCCEEDED;
        }
        buffer.clear().limit((int) Math.min(CHUNK_BYTES, end - at));
        int read = file.read(buffer, at);
        if (read < 0) {
            throw new IOException("the file became shorter while it was sent");
        }
        at += read;
        response.write(at == end, buffer.flip(), this);
        return Action.SCHEDULED;
    }

    @Override
    protected void onCompleteSuccess() {
        IO.close(file);
        callback.succeeded();
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        IO.close(file);
        callback.failed(cause);
    }
}
