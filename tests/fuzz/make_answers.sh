#!/usr/bin/env bash
# Makes anew what tests/fuzz/casework_answers holds: each file is the certificate of a CA and, behind it, what a source
# answered, both as DER. The unit tests of the room casework read them too: their instants stand there.
#
#   tests/fuzz/make_answers.sh      needs openssl; every key is thrown away
set -euo pipefail
out=$(cd "$(dirname "$0")" && pwd)/casework_answers
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"

# authority NAME ALGORITHM...: a self-signed CA "Example Issuing CA"
authority() {
    openssl genpkey -algorithm "${@:2}" -out "$1.key" 2>/dev/null
    openssl req -x509 -new -key "$1.key" -out "$1.pem" -days 3650 -subj "/O=Example/CN=Example Issuing CA" \
        -addext keyUsage=critical,keyCertSign,cRLSign -addext basicConstraints=critical,CA:TRUE
    openssl x509 -in "$1.pem" -outform DER -out "$1.der"
}
# signer NAME [EXTENSION]: a certificate of the CA, for OCSP or not
signer() {
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key"
    openssl req -new -key "$1.key" -out "$1.csr" -subj "/CN=Example Responder"
    printf 'basicConstraints=critical,CA:FALSE\n%s\n' "${2:-}" >"$1.ext"
    openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -set_serial 77 -out "$1.pem" -days 3650 \
        -extfile "$1.ext" 2>/dev/null
}
# ocsp FILE SIGNER SERIAL [OPTION...]
ocsp() {
    openssl ocsp -issuer ca.pem -serial "$3" -no_nonce -reqout question.der >/dev/null
    openssl ocsp -index index -CA ca.pem -rsigner "$2.pem" -rkey "$2.key" -reqin question.der -respout answer.der \
        -ndays 4 "${@:4}" >/dev/null
    cat ca.der answer.der >"$out/$1"
}
# crl FILE CA [SECTION]
crl() {
    printf '[ca]\ndefault_ca=own\n[own]\ndatabase=index\ncrlnumber=number\ndefault_md=sha256\ncertificate=%s.pem\nprivate_key=%s.key\n
[whole]\nauthorityKeyIdentifier=keyid\n[part]\nissuingDistributionPoint=critical,@place\n[place]\nfullname=URI:http://crl.ca.example/7.crl\n
[users]\nissuingDistributionPoint=critical,@kind\n[kind]\nonlyuser=TRUE\n[delta]\n2.5.29.27=critical,DER:020101\n
[indirect]\nissuingDistributionPoint=critical,@foreign\n[foreign]\nindirectCRL=TRUE\n
[odd]\n1.3.6.1.4.1.99999.1=critical,DER:0500\n' "$2" "$2" >settings
    echo 1001 >number
    openssl ca -gencrl -config settings -crlexts "${3:-whole}" -crl_lastupdate 20261101000000Z \
        -crl_nextupdate 20261108000000Z -out list.pem 2>/dev/null
    openssl crl -in list.pem -outform DER -out answer.der
    cat "${4:-$2}.der" answer.der >"$out/$1"
}

mkdir -p "$out" && rm -f "$out"/*
authority ca EC -pkeyopt ec_paramgen_curve:P-256
authority rsa RSA -pkeyopt rsa_keygen_bits:2048
authority forger EC -pkeyopt ec_paramgen_curve:P-256
signer responder extendedKeyUsage=OCSPSigning
signer leaf extendedKeyUsage=serverAuth
printf 'V\t360101000000Z\t\t04A19F33\tunknown\t/CN=good\nR\t360101000000Z\t261001120000Z,keyCompromise\tD5C0FFEE01\tunknown\t/CN=revoked\n' >index
: >index.attr
ocsp good.ocsp ca 0x04A19F33
ocsp revoked.ocsp ca 0xD5C0FFEE01
ocsp unknown.ocsp ca 0x0BADCAFE
ocsp good-by-responder.ocsp responder 0x04A19F33
ocsp revoked-by-responder.ocsp responder 0xD5C0FFEE01
ocsp revoked-by-key.ocsp responder 0xD5C0FFEE01 -resp_key_id
ocsp good-by-leaf.ocsp leaf 0x04A19F33
ocsp good-by-forger.ocsp forger 0x04A19F33
ocsp good-without-certificate.ocsp responder 0x04A19F33 -resp_no_certs
{ cat ca.der; printf '\x30\x03\x0a\x01\x03'; } >"$out/try-later.ocsp"
crl whole.crl ca
crl rsa.crl rsa
crl part.crl ca part
crl users.crl ca users
crl delta.crl ca delta
crl indirect.crl ca indirect
crl odd.crl ca odd
crl forged.crl forger whole ca
