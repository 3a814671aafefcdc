package io.sekimori.connection.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.payload.PayloadCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who owns the broker must not take the process by taking its memory. */
class PacketGuardTest {

    private static final int PUBLISH_AT_LEAST_ONCE = 0x32;

    private final PacketGuard guard = new PacketGuard();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1 << 16})
    void whateverABrokerSaysPassesAsItIsHoweverItIsCut(int most) throws Exception {
        byte[] said = concat(
                packet(0x20, 2),
                packet(0x90, 3),
                packet(0x30, 0),
                packet(0x3B, 127),
                packet(0x40, 2),
                packet(0x31, 128),
                packet(0xD0, 0),
                packet(PUBLISH_AT_LEAST_ONCE, 20_000),
                packet(PUBLISH_AT_LEAST_ONCE, 1_000_000));

        assertThat(read(said, most)).isEqualTo(said);
    }

    @Test
    void aMessageALittleTooLargeIsLeftToWhoDropsIt() throws Exception {
        byte[] said = packet(PUBLISH_AT_LEAST_ONCE, PayloadCodec.MAX_BYTES + 70_000);

        assertThat(read(said, 1 << 16)).isEqualTo(said);
        assertThat(read(packet(0x30, PacketGuard.MOST_BYTES), 1 << 16)).hasSizeGreaterThan(PacketGuard.MOST_BYTES);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 1 << 16})
    void moreIsRefusedBeforeAnybodyMakesRoomForIt(int most) {
        byte[] claimed = {0x30, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F};
        InputStream in = guard.from(new ByteArrayInputStream(concat(packet(0x20, 2), claimed)));

        assertThatIOException().isThrownBy(() -> readAll(in, most)).withMessageContaining("268435455");
        assertThatThrownBy(() -> read(head(0x30, PacketGuard.MOST_BYTES + 1), most))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aLengthThatDoesNotEndIsRefused() {
        byte[] endless = {0x30, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 1};

        assertThatThrownBy(() -> read(endless, 1)).isInstanceOf(IOException.class);
    }

    /** The client keeps a message that is sent exactly once, and what belongs to it, until the broker says so. */
    @ParameterizedTest
    @ValueSource(ints = {0x34, 0x36, 0x50, 0x62, 0x70, 0x10, 0x82, 0xA2, 0xC0, 0xE0, 0x00, 0xF0})
    void whatOnlyExactlyOnceHasOrAClientSaysIsRefused(int first) {
        assertThatThrownBy(() -> read(packet(first, 2), 1 << 16))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nobody asked for");
    }

    @Test
    void acknowledgementsThatTheBrokerDoesNotTakeAreNotGatheredWithoutEnd() throws Exception {
        InputStream in = guard.from(new ByteArrayInputStream(messages(2 * PacketGuard.MOST_UNANSWERED + 2)));
        OutputStream out = guard.to(new ByteArrayOutputStream());

        in.readNBytes(messages(PacketGuard.MOST_UNANSWERED).length);
        out.write(concat(packet(0x30, 50), packet(0xC0, 0)));
        for (int i = 0; i < PacketGuard.MOST_UNANSWERED; i++) {
            out.write(0x40);
            out.write(new byte[] {2, 0, 1});
        }
        in.readNBytes(messages(PacketGuard.MOST_UNANSWERED).length);

        assertThatIOException()
                .isThrownBy(() -> in.readNBytes(messages(1).length))
                .withMessageContaining("takes no acknowledgements");
    }

    @Test
    void whatNeedsNoAcknowledgementIsNotCounted() throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        for (int i = 0; i < 3 * PacketGuard.MOST_UNANSWERED; i++) {
            said.writeBytes(packet(0x30, 4));
        }

        assertThat(read(said.toByteArray(), 1 << 16)).isEqualTo(said.toByteArray());
    }

    private byte[] read(byte[] said, int most) throws IOException {
        return readAll(guard.from(new ByteArrayInputStream(said)), most);
    }

    private static byte[] readAll(InputStream in, int most) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] some = new byte[most];
        for (int n = next(in, some); n > 0; n = next(in, some)) {
            read.write(some, 0, n);
        }
        return read.toByteArray();
    }

    private static int next(InputStream in, byte[] some) throws IOException {
        if (some.length > 1) {
            return in.read(some, 0, some.length);
        }
        int one = in.read();
        some[0] = (byte) one;
        return one < 0 ? -1 : 1;
    }

    private static byte[] messages(int count) {
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            messages.writeBytes(packet(PUBLISH_AT_LEAST_ONCE, 7));
        }
        return messages.toByteArray();
    }

    private static byte[] packet(int first, int length) {
        byte[] content = new byte[length];
        Arrays.fill(content, (byte) 0x34); // what begins a packet elsewhere
        return concat(head(first, length), content);
    }

    private static byte[] head(int first, int length) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.write(first);
        int left = length;
        do {
            head.write(left > 0x7F ? left & 0x7F | 0x80 : left);
            left >>= 7;
        } while (left > 0);
        return head.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
