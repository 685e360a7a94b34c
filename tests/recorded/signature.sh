#!/bin/sh
# A signature by OpenSSH: made, verified, and refused for another file.
. tests/recorded/show.sh
need ssh-keygen
rm -rf target/signed && mkdir -p target/signed
cp target/plugins/libvoice.so target/signed
cd target/signed || exit
mask="sed 's/SHA256:.*/SHA256:…/'"
show 'ssh-keygen -q -t ed25519 -N "" -C parrot -f key'
show 'echo "parrot $(cat key.pub)" > signers'
show 'ssh-keygen -q -Y sign -f key -n plugin libvoice.so'
show 'ssh-keygen -Y verify -f signers -I parrot -n plugin \
    -s libvoice.so.sig < libvoice.so' "$mask"
show 'echo tea >> libvoice.so'
show 'ssh-keygen -Y verify -f signers -I parrot -n plugin \
    -s libvoice.so.sig < libvoice.so' "$mask"
