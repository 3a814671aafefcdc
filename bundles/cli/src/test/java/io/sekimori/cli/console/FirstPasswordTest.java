package io.sekimori.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.chain.ChainAuditLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstPasswordTest {

    @TempDir
    private Path unit;

    private Path chain() {
        return unit.resolve("data").resolve("io.sekimori.audit.chain");
    }

    private void record(String action, String subject, Verdict verdict) throws AuditException {
        try (ChainAuditLog audit = ChainAuditLog.ofUnit(unit)) {
            audit.append(AuditEntry.of("local:root", action, subject, verdict));
        }
    }

    @Test
    void theFirstPersonHasItUntilTheyChooseAnother() throws AuditException {
        record("console.init", "console", Verdict.ALLOWED);
        record("access.person.add", "hana", Verdict.ALLOWED);
        record("access.sign-in", "hana", Verdict.REFUSED);
        record("access.password.change", "hana", Verdict.REFUSED);

        assertThat(FirstPassword.unspent(chain())).contains("hana");
        record("access.password.change", "hana", Verdict.ALLOWED);
        assertThat(FirstPassword.unspent(chain())).isEmpty();
    }

    @Test
    void somebodyElsesPasswordIsNotIt() throws AuditException {
        record("access.person.add", "hana", Verdict.ALLOWED);
        record("access.person.add", "taro", Verdict.ALLOWED);
        record("access.password.change", "taro", Verdict.ALLOWED);

        assertThat(FirstPassword.unspent(chain())).contains("hana");
    }

    @Test
    void whereTheAuditDoesNotSayNothingIsClaimed() throws AuditException, IOException {
        assertThat(FirstPassword.unspent(chain())).isEmpty();
        record("console.restore", "console", Verdict.ALLOWED);
        assertThat(FirstPassword.unspent(chain())).isEqualTo(Optional.empty());
        Files.writeString(chain().resolve("chain-000000000000000001.jsonl"), "this is no record\n");
        assertThat(FirstPassword.unspent(chain())).isEmpty();
    }
}
