package io.sekimori.ports.linux;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sekimori.ports.Listener.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

class SocketTableFuzzTest {

    @FuzzTest(maxDuration = "5s")
    void aTableIsReadOrRefused(byte[] bytes) {
        String table = new String(bytes, StandardCharsets.ISO_8859_1);
        try {
            SocketTable.internet(Transport.TCP, table);
        } catch (IOException e) {
            // refused
        }
        try {
            SocketTable.unix(table);
        } catch (IOException e) {
            // refused
        }
    }
}
