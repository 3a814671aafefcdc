package io.sekimori.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NotToldExceptionTest {

    @TempDir
    private Path folder;

    @Test
    void whatJavaSaysHasAReasonToo() {
        assertThat(NotToldException.code(new ConnectException("by test"))).isEqualTo(NoticesCode.NOTICE_UNREACHED);
        assertThat(NotToldException.code(new SSLHandshakeException("by test"))).isEqualTo(NoticesCode.NOTICE_UNTRUSTED);
        assertThat(NotToldException.code(new NotToldException(NoticesCode.NOTICE_RECIPIENT_GONE, "by test")))
                .isEqualTo(NoticesCode.NOTICE_RECIPIENT_GONE);
    }

    @Test
    void aFileThatOthersCanReadIsNoSecret() throws IOException {
        Path open = Files.writeString(folder.resolve("open"), "secret");

        assertThatIOException()
                .isThrownBy(() -> SecretFile.read(open))
                .satisfies(e -> assertThat(NotToldException.code(e)).isEqualTo(NoticesCode.NOTICE_SECRET_UNUSABLE));
    }

    @ParameterizedTest
    @EnumSource
    void eachReasonHasAdviceInBothLanguages(NoticesCode code) {
        String english = NoticesCode.advice(code.name(), Locale.ENGLISH).orElseThrow();
        String japanese = NoticesCode.advice(code.name(), Locale.JAPANESE).orElseThrow();

        assertThat(english).isNotBlank().isNotEqualTo(japanese);
        assertThat(NoticesCode.advice("A_LATER_ONE", Locale.ENGLISH)).isEmpty();
    }
}
