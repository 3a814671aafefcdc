package io.sekimori.control.socket;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One JSON object on each line, at most {@value #MAX_LINE_BYTES} bytes long. Confined to one thread for reading. */
final class Wire {

    /** A line may be this long; a plan of a thousand bundles fits. */
    static final int MAX_LINE_BYTES = 1 << 20;

    /** A request may be this long. */
    static final int MAX_REQUEST_BYTES = 1 << 16;

    private final ReadableByteChannel in;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 13).flip();

    Wire(ReadableByteChannel in) {
        this.in = in;
    }

    /**
     * The next line.
     *
     * @throws EOFException if there is none
     * @throws MalformedJson if it is too long or not one JSON object
     */
    JsonObject read(int maxBytes) throws IOException, MalformedJson {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            if (!buffer.hasRemaining()) {
                buffer.clear();
                if (in.read(buffer) < 0) {
                    throw new EOFException("the other side has closed");
                }
                buffer.flip();
            }
            byte next = buffer.get();
            if (next == '\n') {
                return JsonObject.parse(line.toByteArray(), maxBytes);
            }
            if (line.size() == maxBytes) {
                throw new MalformedJson("the line is longer than " + maxBytes + " bytes");
            }
            line.write(next);
        }
    }

    static void write(WritableByteChannel out, Map<String, ?> object) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line(object));
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    // In valid JSON a line feed is never part of a string, so what the pretty form has of them is layout.
    static byte[] line(Map<String, ?> object) {
        String pretty = new String(JsonText.bytes(object), StandardCharsets.UTF_8);
        return (pretty.replaceAll("\n *", "") + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
