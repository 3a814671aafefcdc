package io.sekimori.cli;

import io.sekimori.trust.DurableFile;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.TufKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The making of one key in a token. That it was begun is on the disk before the token is asked, so that whoever comes after a cut
 * knows of it: a key that is whole is taken, and one without a certificate removed. Confined to one thread.
 *
 * @param shell who is told
 * @param file  the key file that is to be
 * @param name  the key's, here and in the token
 */
record TokenMaking(Shell shell, Path file, String name) {

    /** What lies beside the keys as long as one is being made, behind a point and its name. */
    static final String SUFFIX = ".making";

    /**
     * Makes it, or ends what an earlier run began.
     *
     * @param pin the caller's to wipe
     */
    void make(Path module, int slot, char[] pin) throws IOException, Failure {
        Token token = Token.making(module, slot, name);
        boolean cut = requireSame(module, slot);
        if (cut && TokenKey.isMade(token, name, pin)) {
            adopt(token, name, pin);
            shell.note(shell.messages().text("keys.making.finished", name, slot));
            return;
        }
        if (cut && TokenLeftover.mayBe(token, name, pin) && TokenLeftover.remove(token, name, pin)) {
            shell.note(shell.messages().text("keys.making.removed", name, slot));
        }
        if (TokenKey.isThere(token, name, pin)) {
            DurableFile.delete(note());
            throw new Failure(ExitCode.REFUSED, "TOKEN_KEY_EXISTS", name, slot);
        }
        DurableFile.write(note(), JsonText.bytes(Map.of("module", module.toString(), "slot", (long) slot)));
        write(token, name, TokenKey.create(token, name, pin).publicKey());
    }

    /**
     * Takes one that is there.
     *
     * @param alias its label in the token
     * @param pin   the caller's to wipe
     */
    void adopt(Token token, String alias, char[] pin) throws IOException, Failure {
        write(token, alias, TokenKey.adopt(token, alias, pin).publicKey());
    }

    private void write(Token token, String alias, TufKey open) throws IOException, Failure {
        Path part = file.resolveSibling("." + name + ".part"); // what a cut left half written is no key file
        DurableFile.delete(part);
        OwnerFile.create(part, new TokenKeyFile(token.module(), token.slot(), alias, open).bytes());
        DurableFile.moveInto(part, file);
        DurableFile.delete(note());
    }

    /** Whether an earlier run was cut; what it left lies where it was begun, and nowhere else. */
    private boolean requireSame(Path module, int slot) throws IOException, Failure {
        if (!Files.exists(note())) {
            return false;
        }
        try {
            JsonObject begun =
                    JsonObject.parse(BoundedFile.read(note(), EncryptedKey.MAX_BYTES), EncryptedKey.MAX_BYTES);
            if (!begun.string("module").equals(module.toString()) || begun.number("slot") != slot) {
                throw new Failure(ExitCode.REFUSED, "TOKEN_CUT", name, begun.string("module"), begun.number("slot"));
            }
        } catch (MalformedJson e) {
            throw new Failure(ExitCode.REFUSED, "KEY_MALFORMED", note(), e.getMessage()).because(e);
        }
        return true;
    }

    private Path note() {
        return file.resolveSibling("." + name + SUFFIX);
    }
}
