package io.sekimori.generation;

import io.sekimori.trust.RefusalCode;

/** Why a generation, or a file of the store, was refused. Names are stable. */
public enum GenerationCode implements RefusalCode {
    /** An anchor is missing or cannot be read: nothing is trusted on first use. */
    NO_TRUST_ROOT,
    /** {@code trust/unit.json} is missing, cannot be read or is malformed. */
    NO_NAMEPLATE,
    /** There is no generation of that number. */
    GENERATION_MISSING,
    /** The manifest cannot be read. */
    GENERATION_UNREADABLE,
    /** The manifest is not what a manifest looks like. */
    GENERATION_MALFORMED,
    /** The frozen evidence cannot be read. */
    EVIDENCE_UNREADABLE,
    /** The manifest says something else than the evidence. */
    EVIDENCE_DIFFERS,
    /** The evidence is for another model of gateway. */
    MODEL_DIFFERS,
    /** A file of the store that belongs to the generation is not there. */
    FILE_MISSING,
    /** A file of the store has other bytes than the evidence says. */
    FILE_DIFFERS,
    /** A file of the store or of the slot cannot be read. */
    FILE_UNREADABLE,
    /** The slot of the generation is not there, or not complete. */
    SLOT_MISSING,
    /** The slot has other files than the evidence says. */
    SLOT_DIFFERS,
    /** A slot, or what it lies in, could be changed by others than root. */
    SLOT_WRITABLE,
    /** Bytes offered to the store have another length than they should. */
    STORE_LENGTH_DIFFERS,
    /** Bytes offered to the store have another digest than they should. */
    STORE_HASH_DIFFERS,
    /** A list of publishers that jars must be signed by is there and cannot be read. */
    PUBLISHERS_UNREADABLE,
    /** A jar, or a part of it, has no signature that counts. */
    JAR_UNSIGNED,
    /** A jar is not what was signed. */
    JAR_SIGNATURE_BROKEN,
    /** A jar is signed by nobody who is listed. */
    JAR_SIGNER_UNKNOWN,
    /** The certificate of who signed a jar is not valid, and nobody who is believed says that it was. */
    JAR_SIGNER_EXPIRED
}
