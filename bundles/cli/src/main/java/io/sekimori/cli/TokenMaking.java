package io.sekimori.cli;

import io.sekimori.trust.DurableFile;
import io.sekimori.trust.TufKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The making of one key in a token. That it was begun is on the disk before the token is asked, and in the token before it makes the
 * key, so that whoever comes after a cut knows of it, and knows that very token: a key that is whole is taken, and one without a
 * certificate removed. Confined to one thread.
 *
 * @param shell who is told
 * @param file  the key file that is to be
 * @param name  the key's, here and in the token
 */
record TokenMaking(Shell shell, Path file, String name) {

    /**
     * Makes it, or ends what an earlier run began.
     *
     * @param pin the caller's to wipe
     */
    void make(Path module, int slot, char[] pin) throws IOException, Failure {
        Token token = Token.making(module, slot, name);
        boolean cut = isCutHere(token, pin);
        endOthers(token, pin);
        if (cut && TokenKey.isMade(token, name, pin)) {
            take(token, name, pin);
            shell.note(shell.messages().text("keys.making.finished", name, slot));
            return;
        }
        if (cut && TokenLeftover.mayBe(token, name, pin) && TokenLeftover.remove(token, name, pin)) {
            shell.note(shell.messages().text("keys.making.removed", name, slot));
        }
        end(token, pin);
        if (TokenKey.isThere(token, name, pin)) {
            throw new Failure(ExitCode.REFUSED, "TOKEN_KEY_EXISTS", name, slot);
        }
        begin(token, pin);
        write(token, name, TokenKey.create(token, name, pin).publicKey(), pin);
    }

    /**
     * Takes one that is there.
     *
     * @param alias its label in the token
     * @param pin   the caller's to wipe
     */
    void adopt(Token token, String alias, char[] pin) throws IOException, Failure {
        boolean cut = isCutHere(token, pin);
        endOthers(token, pin);
        if (cut
                && !alias.equals(name)
                && !TokenKey.isMade(token, name, pin)
                && TokenLeftover.mayBe(token, name, pin)
                && TokenLeftover.remove(token, name, pin)) {
            shell.note(shell.messages().text("keys.making.cleared", name, token.slot()));
        }
        take(token, alias, pin);
    }

    private void take(Token token, String alias, char[] pin) throws IOException, Failure {
        write(token, alias, TokenKey.adopt(token, alias, pin).publicKey(), pin);
    }

    /** Before anything is generated, it is known that it will be, and in which token. */
    private void begin(Token token, char[] pin) throws IOException, Failure {
        String mark = TokenMark.next(name);
        new TokenNote(name, token.module(), token.slot(), mark, false).write(directory());
        boolean marked = TokenMark.put(token, mark, pin);
        new TokenNote(name, token.module(), token.slot(), marked ? mark : "", marked).write(directory());
    }

    private void write(Token token, String alias, TufKey open, char[] pin) throws IOException, Failure {
        Path part = file.resolveSibling("." + name + ".part"); // what a cut left half written is no key file
        DurableFile.delete(part);
        OwnerFile.create(part, new TokenKeyFile(token.module(), token.slot(), alias, open).bytes());
        DurableFile.moveInto(part, file);
        end(token, pin);
    }

    private void end(Token token, char[] pin) throws IOException, Failure {
        Optional<TokenNote> note = TokenNote.of(directory(), name);
        if (note.isPresent()) {
            end(note.get(), token, pin);
        }
    }

    private void end(TokenNote note, Token token, char[] pin) throws IOException, Failure {
        if (!note.mark().isEmpty()) {
            TokenMark.remove(token, note.mark(), pin);
        }
        TokenNote.delete(directory(), note.name());
    }

    /** Whether an earlier run was cut, which left what it left in this token and no other. */
    private boolean isCutHere(Token token, char[] pin) throws IOException, Failure {
        Optional<TokenNote> begun = TokenNote.of(directory(), name);
        if (begun.isPresent() && !begun.get().isOf(token, pin)) {
            throw new Failure(
                    ExitCode.REFUSED,
                    "TOKEN_CUT",
                    name,
                    begun.get().module(),
                    begun.get().slot());
        }
        return begun.isPresent();
    }

    /** What was begun in this very token under other names: the key is there, or what is left of it goes now. */
    private void endOthers(Token token, char[] pin) throws IOException, Failure {
        for (String other : TokenNote.names(directory())) {
            TokenNote note = TokenNote.of(directory(), other).orElseThrow();
            if (other.equals(name) || !note.marked() || !note.isOf(token, pin)) {
                continue;
            }
            if (Files.exists(file.resolveSibling(other + KeyDirectory.SUFFIX))) {
                end(note, token, pin);
            } else if (!TokenKey.isMade(token, other, pin) && TokenLeftover.mayBe(token, other, pin)) {
                TokenLeftover.remove(token, other, pin);
                end(note, token, pin);
                shell.note(shell.messages().text("keys.making.cleared", other, token.slot()));
            }
        }
    }

    private Path directory() {
        return file.toAbsolutePath().getParent();
    }
}
