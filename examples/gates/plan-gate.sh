#!/bin/sh
# Any CI: what is applied is what was checked, and nothing is applied when the gate says no.
set -eu
terraform plan -input=false -out=tfplan
terraform show -json tfplan > plan.json
portcullis gate plan.json --format text --format json=portcullis.json
terraform apply -input=false tfplan
