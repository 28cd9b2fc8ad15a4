#!/bin/sh
# For cron, in a folder with aiaudit.yaml. Keeps every audit, compares it with the one before and prints, so that cron sends a mail, only when something is to be done:
#
#   17 5 * * 1-5  LIMIT=1000 /srv/aiaudit/cron.sh /srv/aiaudit
set -eu
cd "$1"
today=$(date -u +%Y-%m-%d)
last=$(find audits -name aiaudit.json 2>/dev/null | grep -v "^audits/$today/" | sort | tail -n 1) || last=
set --
if [ -n "$last" ]; then set -- --baseline "$last" --fail-on new; fi
mkdir -p "audits/$today"
code=0
aiaudit scan -q -f json,html -o "audits/$today" --save "audits/$today/scan.aiaudit" --allow-gaps \
    --fail-on "${LIMIT:-1000}" "$@" 2>"audits/$today/log" || code=$?
if [ "$code" != 0 ]; then
    echo "aiaudit ended with $code; the report is in $PWD/audits/$today"
    cat "audits/$today/log"
    if [ -n "$last" ] && [ -e "audits/$today/aiaudit.json" ]; then
        aiaudit diff "$last" "audits/$today/aiaudit.json" -q --allow-gaps || :
    fi
fi
exit "$code"
