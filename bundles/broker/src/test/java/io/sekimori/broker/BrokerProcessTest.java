package io.sekimori.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.broker.testkit.BrokerUnderTest;
import io.sekimori.broker.testkit.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerProcessTest {

    private static final String FILES = "\"key\": \"key.pem\", \"chain\": \"chain.pem\", \"anchors\": \"anchors.pem\"";

    @TempDir
    private Path directory;

    @BeforeEach
    void certificates() throws IOException {
        TestAuthority authority = new TestAuthority("Sekimori");
        authority.write(directory, authority.issue("broker", "broker"));
        settings("\"port\": 0, " + FILES);
    }

    private void settings(String members) throws IOException {
        Files.writeString(directory.resolve("broker.json"), "{" + members + "}");
    }

    private void assertRefused(int code, String word, String... arguments) throws IOException, InterruptedException {
        try (BrokerUnderTest broker = BrokerUnderTest.ours(directory, arguments)) {
            assertThat(broker.exitCode()).isEqualTo(code);
            assertThat(broker.said()).contains(word);
        }
    }

    @Test
    void asksNothingMoreThanASignalToStop() throws IOException, InterruptedException {
        try (BrokerUnderTest broker = BrokerUnderTest.ours(directory)) {
            broker.awaitReady();
            assertThat(broker.stop()).isZero();
        }
    }

    @Test
    void aSecondOneInTheFolderIsRefused() throws IOException, InterruptedException {
        try (BrokerUnderTest broker = BrokerUnderTest.ours(directory)) {
            broker.awaitReady();
            assertRefused(24, "ALREADY_RUNNING");
        }
    }

    @Test
    void aPortThatIsTakenIsSaid() throws IOException, InterruptedException {
        try (BrokerUnderTest broker = BrokerUnderTest.ours(directory)) {
            int port = broker.awaitReady();
            settings("\"data\": \"other\", \"port\": " + port + ", " + FILES);
            assertRefused(41, "START_FAILED");
        }
    }

    @Test
    void aKeyThatOthersMayReadIsRefused() throws IOException, InterruptedException {
        Files.setPosixFilePermissions(directory.resolve("key.pem"), PosixFilePermissions.fromString("rw-r-----"));
        assertRefused(40, "KEY_EXPOSED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"prot\": 1, ",
                "\"port\": 65536, ",
                "\"account\": \"a/b\", ",
                "\"limits\": {\"mesageBytes\": 1024}, ",
                "\"limits\": {\"messageBytes\": 1}, ",
                "\"host\": \"a b\", "
            })
    void aSettingThatMeansNothingIsRefused(String member) throws IOException, InterruptedException {
        settings(member + FILES);
        assertRefused(40, "CONFIGURATION");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key.pem", "chain.pem", "anchors.pem"})
    void aCredentialThatCannotBeReadIsRefused(String file) throws IOException, InterruptedException {
        Files.writeString(directory.resolve(file), "nothing");
        assertRefused(40, "CREDENTIALS");
    }

    @Test
    void wrongArgumentsAreRefused() throws IOException, InterruptedException {
        assertRefused(2, "Usage", "--folder", "x");
        assertRefused(2, "--into is missing", "mosquitto", "--directory", directory.toString());
    }

    @Test
    void everyCodeHasAdviceInBothLanguages() {
        assertThat(Arrays.asList(BrokerCode.values()))
                .allSatisfy(code -> assertThat(code.advice(Locale.ENGLISH)).isNotBlank())
                .allSatisfy(code -> assertThat(code.advice(Locale.JAPANESE)).isNotEqualTo(code.advice(Locale.ENGLISH)));
    }
}
