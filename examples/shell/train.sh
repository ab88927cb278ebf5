# Climbs the hill 1 - x^2 in three epochs, and speaks the protocol.
report() { printf '%s\n' "$1" >> "$TRIALSTREAM_REPORTS"; }
answered() { grep -q "\"epoch\": $1," "$TRIALSTREAM_ANSWERS"; }

report '{"type": "begin", "protocol": 1}'
for epoch in 1 2 3; do
    height=$(awk -v x="$HP_X" -v e="$epoch" 'BEGIN { print (1 - x * x) * e / 3 }')
    report "{\"type\": \"epoch\", \"epoch\": $epoch, \"metrics\": {\"height\": $height}}"
    until answered "$epoch"; do sleep 0.02; done
    tail -n 1 "$TRIALSTREAM_ANSWERS" | grep -q '"continue"' || exit 0
done
