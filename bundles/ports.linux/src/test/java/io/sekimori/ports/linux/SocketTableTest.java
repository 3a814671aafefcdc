package io.sekimori.ports.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.ports.Listener.Transport;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SocketTableTest {

    private static final String HEADING = "sl local rem st\n";

    @Test
    void onlyWhatAcceptsIsOpen() throws IOException {
        String connected = FakeProc.tcp(true, 22, 1).replace(" 0A ", " 01 ");

        assertThat(SocketTable.internet(Transport.TCP, HEADING + connected + "\n" + FakeProc.tcp(false, 8443, 2)))
                .containsExactly(new SocketTable.Open(Transport.TCP, "0.0.0.0", false, 8443, 2));
    }

    @Test
    void loopbackIsKnownInBothFamilies() throws IOException {
        String six = FakeProc.tcp(true, 80, 3).replace("0100007F", "00000000000000000000000001000000");

        assertThat(SocketTable.internet(Transport.TCP, HEADING + FakeProc.tcp(true, 80, 2) + "\n" + six))
                .allMatch(SocketTable.Open::loopback)
                .extracting(SocketTable.Open::address)
                .containsExactly("127.0.0.1", "0:0:0:0:0:0:0:1");
    }

    @Test
    void aUdpSocketThatIsConnectedTakesNothingFromOthers() throws IOException {
        String free = FakeProc.tcp(false, 68, 4).replace(" 0A ", " 07 ");
        String connected = FakeProc.tcp(false, 5000, 5).replace(" 0A ", " 01 ");

        assertThat(SocketTable.internet(Transport.UDP, HEADING + free + "\n" + connected))
                .extracting(SocketTable.Open::port)
                .containsExactly(68);
    }

    @Test
    void pathsOfLocalSocketsMayHaveBlanks() throws IOException {
        assertThat(SocketTable.unix(HEADING + FakeProc.unix("/run/a b", 6)))
                .extracting(SocketTable.Open::address)
                .containsExactly("/run/a b");
    }

    @Test
    void aLineThatIsNotUnderstoodEndsTheReading() {
        for (String line : new String[] {
            "0: 1",
            FakeProc.tcp(true, 1, 1).replace("0100007F", "01"),
            FakeProc.tcp(true, 1, 1).replace("0100007F", "0100007G")
        }) {
            assertThatThrownBy(() -> SocketTable.internet(Transport.TCP, HEADING + line))
                    .isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> SocketTable.internet(Transport.TCP, "")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> SocketTable.unix(HEADING + "0: 1 2 x 3 4 5")).isInstanceOf(IOException.class);
    }
}
