package io.sekimori.vault.sealed;

import static io.sekimori.vault.sealed.Lab.ALICE;
import static io.sekimori.vault.sealed.Lab.BOB;
import static io.sekimori.vault.sealed.Lab.assertRefused;
import static io.sekimori.vault.sealed.Lab.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sekimori.control.ControlAnswer;
import io.sekimori.vault.VaultCode;
import io.sekimori.vault.VaultOutput;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedVaultsTest {

    @TempDir
    Path folder;

    private Lab lab;
    private SealedVaults vaults;
    private SealedVault alice;

    @BeforeEach
    void aVault() {
        lab = new Lab(folder);
        vaults = lab.start();
        alice = new SealedVault(vaults.vaults(), ALICE);
    }

    @Test
    void theServiceIsTheVaultOfTheBundleThatUsesIt() throws Exception {
        alice.put("a", bytes(1));
        try (VaultOutput out = alice.write("b")) {
            out.commit();
        }

        assertThat(alice.get("a")).contains(bytes(1));
        assertThat(alice.read("b")).isPresent();
        assertThat(alice.entries()).hasSize(2);
        assertThat(alice.remove("a")).isTrue();
        assertThat(new SealedVault(vaults.vaults(), BOB).entries()).isEmpty();
        assertRefused(VaultCode.VAULT_OWNER_MALFORMED, () -> new SealedVault(vaults.vaults(), null).entries());
    }

    @Test
    void aCallAndAnOpenFileOutliveDeactivation() throws Exception {
        VaultOutput out = alice.write("b");
        vaults.release();
        vaults.keys = null; // as Declarative Services does it
        vaults.audit = null;

        out.write(bytes(3));
        out.commit();
        new SealedVault(vaults.vaults(), BOB).put("a", bytes(1));

        assertThat(alice.get("b")).contains(bytes(3));
    }

    @Test
    void limitsAreChangedWhileItWorksUnlessTheyMakeNoSense() throws Exception {
        alice.put("a", bytes(3_000));
        vaults.configure(config(Map.of("value_kibibytes", 1)));
        assertRefused(VaultCode.VAULT_TOO_LARGE, () -> alice.put("a", bytes(3_000)));
        assertRefused(VaultCode.VAULT_TOO_LARGE, () -> alice.get("a"));

        vaults.configure(config(Map.of("value_kibibytes", 0)));
        assertRefused(VaultCode.VAULT_TOO_LARGE, () -> alice.put("a", bytes(3_000)));
        assertThat(lab.logged).anyMatch(line -> line.contains("is not followed"));

        vaults.configure(config(Map.of()));
        assertThat(alice.get("a")).contains(bytes(3_000));
    }

    @Test
    void theLimitsHaveBounds() {
        assertThat(Settings.of(config(Map.of()))).isEqualTo(new Settings(1 << 20, 256L << 20, 512L << 20, 1_000));
        for (String attribute : List.of("value_kibibytes", "file_mebibytes", "bundle_mebibytes", "bundle_entries")) {
            for (int value : new int[] {-1, 0, Integer.MAX_VALUE}) {
                assertThatIllegalArgumentException().isThrownBy(() -> Settings.of(config(Map.of(attribute, value))));
            }
        }
    }

    @Test
    void everyTextIsThereInBothLanguages() {
        ResourceBundle japanese = texts(Locale.JAPANESE);

        assertThat(japanese.getLocale()).isEqualTo(Locale.JAPANESE);
        assertThat(japanese.keySet()).isEqualTo(texts(Locale.ROOT).keySet()).hasSize(10);
    }

    @Test
    void healthIsRedWithTheCodeWhereAVaultCannotBeOpened() throws Exception {
        assertThat(vaults.execute().getStatus()).isEqualTo(Result.Status.OK);
        alice.put("a", bytes(1));
        assertThat(vaults.execute().toString()).contains("1 bundles have data");

        Files.write(lab.folder(ALICE).resolve("index"), bytes(100));

        assertThat(vaults.execute().getStatus()).isEqualTo(Result.Status.CRITICAL);
        assertThat(vaults.execute().toString()).contains(ALICE, "VAULT_DAMAGED");
    }

    @Test
    void showingTellsWhoHasHowMuchAndWhatCannotBeOpened() throws Exception {
        alice.put("secret-name", bytes(7));
        new SealedVault(vaults.vaults(), BOB).put("b", bytes(1));
        Files.write(lab.folder(BOB).resolve("index"), bytes(100));

        ControlAnswer answer = new ShowOperation(vaults).answer(Map.of(), "local:root");

        assertThat(answer)
                .isEqualTo(new ControlAnswer.Done(Map.of(
                        "owners",
                        List.of(
                                Map.of("owner", ALICE, "entries", 1L, "bytes", 7L, "code", ""),
                                Map.of("owner", BOB, "entries", 0L, "bytes", 0L, "code", "VAULT_DAMAGED")))));
    }

    @Test
    void destroyingNeedsAnOwnerOrAllAndAReason() throws Exception {
        DestroyOperation destroy = new DestroyOperation(vaults);
        alice.put("a", bytes(7));

        for (Map<String, ?> request : List.<Map<String, ?>>of(
                Map.of(),
                Map.of("owner", ALICE),
                Map.of("reason", "x"),
                Map.of("owner", ALICE, "reason", " "),
                Map.of("owner", ALICE, "reason", "x".repeat(501)),
                Map.of("owner", ALICE, "all", true, "reason", "x"),
                Map.of("owner", 1L, "reason", "x"))) {
            assertThat(refusal(destroy.answer(request, "local:root"))).isEqualTo("VAULT_REQUEST_MALFORMED");
        }
        assertThat(refusal(destroy.answer(Map.of("owner", BOB, "reason", "x"), "local:root")))
                .isEqualTo("VAULT_OWNER_UNKNOWN");
        assertThat(refusal(destroy.answer(Map.of("owner", "../x", "reason", "x"), "local:root")))
                .isEqualTo("VAULT_OWNER_MALFORMED");
        assertThat(alice.entries()).hasSize(1);

        assertThat(destroy.answer(Map.of("owner", ALICE, "reason", "x"), "local:root"))
                .isInstanceOf(ControlAnswer.Done.class);
        assertThat(alice.entries()).isEmpty();
        assertThat(destroy.answer(Map.of("all", true, "reason", "x"), "local:root"))
                .isInstanceOf(ControlAnswer.Done.class);
        assertThat(lab.keys.keys).isEmpty();
    }

    @Test
    void secretsAreNotShown() {
        assertThat(new DataKey(bytes(3), bytes(3))).hasToString("[secret]");
        assertThat(new WipedKey(bytes(3), "AES")).hasToString("[secret]");
    }

    private static String refusal(ControlAnswer answer) {
        return ((ControlAnswer.Refused) answer).code();
    }

    private static Settings.Config config(Map<String, Object> values) {
        return (Settings.Config) Proxy.newProxyInstance(
                SealedVaultsTest.class.getClassLoader(),
                new Class<?>[] {Settings.Config.class},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    private static ResourceBundle texts(Locale locale) {
        return ResourceBundle.getBundle(
                "OSGI-INF/l10n/vault",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
