package io.sekimori.vault.sealed;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sekimori.vault.VaultCode;
import io.sekimori.vault.VaultException;

/** Whatever lies on the disk, opening it ends with what was sealed or a refusal. */
class SealedFuzzTest {

    private static final Content CONTENT = new Content("owner", "name", 1, "id");

    @FuzzTest
    void anyBytesAreAnIndexOrDamaged(FuzzedDataProvider data) {
        try {
            Index.parse(data.consumeRemainingAsBytes()).encoded();
        } catch (VaultException e) {
            requireDamaged(e);
        }
    }

    @FuzzTest
    void bytesThatNobodySealedDoNotOpen(FuzzedDataProvider data) {
        try {
            new Sealing().open(new byte[32], CONTENT, data.consumeRemainingAsBytes());
            throw new IllegalStateException("opened");
        } catch (VaultException e) {
            requireDamaged(e);
        }
    }

    private static void requireDamaged(VaultException e) {
        if (e.code() != VaultCode.VAULT_DAMAGED) {
            throw new IllegalStateException(e);
        }
    }
}
