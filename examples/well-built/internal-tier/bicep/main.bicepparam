using 'main.bicep'

param instances = 2
param image = 'example.azurecr.io/ledger:3.2'
param sshPublicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample azureuser'
